/** Countries, regions and postal codes as data. Look-up of an address by its code needs a data file and is a service. */
import type { Country } from '../states';
import { foldText, HYPHENS } from './text';

/** ISO 3166-1 alpha-2 codes in use (2026). The names come from Intl in the reader's language. */
export const COUNTRY_CODES: readonly string[] =
  `AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO
CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU
ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD
SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT
ZA ZM ZW`.split(/\s+/);

/** 都道府県 in the order of their codes (JIS X 0401). */
export const PREFECTURES: readonly string[] =
  `北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県
岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県
佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県`.split(/\s+/);

/** States, the federal district and inhabited territories, by their postal abbreviation. */
export const US_STATES: readonly string[] =
  `AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA
WV WI WY PR GU VI AS MP`.split(/\s+/);

export const regionsOf = (country: Country): readonly string[] => (country === 'JP' ? PREFECTURES : US_STATES);

/** Residents of the sponsors' countries have a class of their own; territories of the US are abbreviations of its states. */
export const sponsorCountry = (residence: string | null): Country | null =>
  residence === 'US' || residence === 'JP' ? residence : null;

/** 〒100-0001 or 1000001 → 100-0001; 10001 or 10001-1234 → the same. `undefined` if it is no postal code of the country. */
export function parsePostalCode(country: Country, raw: string): string | undefined {
  if (raw.length > 40) return undefined;
  const text = foldText(raw.replace('〒', '').replace(HYPHENS, '-')).replace(/ /g, '');
  if (country === 'JP') {
    const match = /^([0-9]{3})-?([0-9]{4})$/.exec(text);
    return match ? `${match[1]}-${match[2]}` : undefined;
  }
  // Nine digits in a row are no ZIP+4 here: they could be a Social Security number.
  return /^[0-9]{5}(-[0-9]{4})?$/.test(text) ? text : undefined;
}
