export default function Still() {
  return <h1>A page that never changes</h1>;
}
