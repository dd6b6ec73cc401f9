// An ESLint rule: the scripts of the page use only what the browsers of the last three years have.
import { createRequire } from 'node:module';

const { api, javascript: { builtins } } = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** The browsers of spring 2023: those of the last three years, and some months to spare. */
const BROWSERS = { chrome: 109, edge: 109, firefox: 113, safari: 16.4, safari_ios: 16.4 };
const OBJECTS = { document: 'Document', navigator: 'Navigator', window: 'Window', CSS: 'CSS' };
/** Methods of ours with the name of a newer one. */
const OURS = ['drop', 'error', 'pause', 'take'];

function isIn(browser, { __compat: { support } }) {
  const isPlain = ({ flags, prefix, alternative_name: other, version_removed: end }) =>
    !flags && !prefix && !other && !end;
  return [support[browser] ?? {}].flat().filter(isPlain)
    .some(({ version_added: version }) => Number.parseFloat(String(version).replace('≤', '')) <= BROWSERS[browser]);
}

const lacking = feature => Object.keys(BROWSERS).filter(browser => !isIn(browser, feature));

const known = features => features.filter(feature => feature?.__compat);

const globals = name => known([api[name], builtins[name], api.Window[name]]);

/** What `object.name` may be: for a class or a global object its member, for any other object a built-in method. */
function members(object, name) {
  const ofClass = known([api[object], builtins[object]].map(each => each?.[`${name}_static`]));
  const ofObject = known([api[OBJECTS[object]]?.[name]]);
  const ofElement = known([/^aria[A-Z]/.test(name) && api.Element[name]]);
  const exact = [...ofClass, ...ofObject, ...ofElement];
  return exact.length > 0 || OURS.includes(name) ? exact : known(Object.values(builtins).map(each => each[name]));
}

/** Globals, and no variables of the script. */
const globalsIn = ({ variables, through }) =>
  [...variables.filter(({ defs }) => defs.length === 0).flatMap(each => each.references), ...through];

export default {
  create(context) {
    const check = (node, features) => {
      const missing = features.map(lacking);
      if (missing.length > 0 && missing.every(({ length }) => length > 0)) {
        context.report({ node, message: `'${node.name}' is missing in ${missing[0].join(', ')} of 2023.` });
      }
    };
    return {
      MemberExpression({ object, property, computed }) {
        if (!computed && property.type === 'Identifier') {
          check(property, members(object.name, property.name));
        }
      },
      'Program:exit'(program) {
        globalsIn(context.sourceCode.getScope(program))
          .forEach(({ identifier }) => check(identifier, globals(identifier.name)));
      },
    };
  },
};
