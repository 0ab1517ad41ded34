/** The package has no types of its own; this is the part that is used. */
declare module 'zipcodes' {
  export type Zip = { zip: string; city: string; state: string; country: string };
  const zipcodes: { lookup(zip: string): Zip | undefined };
  export default zipcodes;
}
