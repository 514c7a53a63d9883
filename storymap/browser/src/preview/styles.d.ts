/** Stylesheets are bundled into the scripts of the preview and of the search as text. */
declare module "*.css" {
  const text: string;
  export default text;
}
