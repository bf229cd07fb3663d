// What axe finds on the page as it is: a line for each. The last argument is called with them.
const done = arguments[arguments.length - 1];
const lines = ({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => {
  const why = [...any, ...all, ...none][0]?.message ?? "";
  return `${id}: ${target.join(" ")}: ${why}`;
}));
axe.run(document, { resultTypes: ["violations"] }).then((result) => done(lines(result)), (error) => done([String(error)]));
