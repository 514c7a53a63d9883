/** Stylesheets are bundled into the preview's script as text. */
declare module "*.css" {
  const text: string;
  export default text;
}
