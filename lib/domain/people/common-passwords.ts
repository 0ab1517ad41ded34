/**
 * Passwords of ten characters or more that guessing lists try first, and the words that people lengthen with digits and signs.
 * Small on purpose: throttling carries the rest (docs/security.md).
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qazxsw23edc zaq12wsxcde3 q1w2e3r4t5 q1w2e3r4t5y6 qwer1234qwer 1234qwerasdf
qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] qwertyuiopasdfghjkl asdfghjkl1 asdfghjkl; asdfghjkl123 zxcvbnm123 zxcvbnm1234 qazwsxedc1 qazwsxedcrfv
qwerty12345 qwerty123456 qwerty1234 qwe123qwe123 abc123456789 abcd123456 abcde12345 a123456789 aa12345678 aa123456789 123456789a 1234567890a
123456789q 1234567891 12345678910 123456789123 0123456789 9876543210 1029384756 1234554321 1357924680 2468013579 1122334455 1020304050 5555555555
12345qwert 12345abcde 123qweasdzxc 123123123a 147258369a 1472583690 7894561230 3141592653 31415926535
iloveyou123 iloveyou12 iloveyou2 iloveyou1234 ilovejesus iloveyousomuch letmein1234 letmein123 welcome123 welcome1234 welcome2024 welcome2025 welcome2026
administrator changeme123 changemenow trustno1trustno1 superman123 batman12345 starwars123 pokemon1234 football123 baseball123 basketball dragon12345
master12345 monkey12345 princess123 sunshine123 michael1234 jennifer123 liverpool123 manchester chocolate1 butterfly1 strawberry strawberry1
blink182182 mypassword mypassword1 newpassword password password1 password12 password123 password1234 password12345 passwordpassword passw0rd123 p@ssw0rd123 p@ssword123
correcthorsebatterystaple whatever123 computer123 internet123 samsung1234 sakura1234 sakurasakura doraemon123 pikachu1234 arigatou123 arigatougozaimasu
konnichiwa konnichiha ohayougozaimasu nippon12345 tokyo12345 tokyo2020 tokyotower osaka12345 japan12345 himawari123 tanaka12345 suzuki12345 pasuwaado aishiteru1
america1234 newyork1234 california1 washington washington1 godbless1 godblessamerica freedom1234 patriots123 yankees1234 cowboys1234
wakachi123 wakachi1234 wakachi2026 wakachifund sovereignfund`.split(/\s+/),
);

export const COMMON_STEMS: ReadonlySet<string> = new Set(
  `password passwort pasuwado pasword passphrase secret letmein welcome admin administrator qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou changeme
wakachi investor sunshine princess football baseball superman batman starwars pokemon dragon monkey master michael jennifer jordan sakura doraemon
pikachu arigato arigatou konnichiwa nippon tokyo america default testtest testing test user login abc abcd abcdef hello`.split(
    /\s+/,
  ),
);
