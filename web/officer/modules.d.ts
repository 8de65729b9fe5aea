/** A style sheet as text, which an office loads with its screens. */
declare module '*.css' {
  const style: string;
  export default style;
}
