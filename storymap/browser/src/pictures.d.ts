/** Pictures are bundled into scripts as addresses that bring them along. */
declare module "*.png" {
  const address: string;
  export default address;
}
