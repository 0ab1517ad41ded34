/**
 * The arrows of the house (HOUSE rules in docs/architecture.md): app → components, services, public-data, db/queries;
 * services → domain, db; db → domain; domain → itself and zod.
 */
const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'The domain imports nothing but itself and zod.',
      severity: 'error',
      from: { path: '^lib/domain', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^lib/domain|^node_modules/zod' },
    },
    rule(
      'db-knows-the-domain-only',
      'db imports the domain, never services or pages.',
      '^db',
      '^(app|components|lib/(services|actions|jobs|auth|public-data|mail|i18n))',
    ),
    rule(
      'services-know-no-page',
      'A service is called by pages; it does not know them.',
      '^lib/services',
      '^(app|components|lib/(actions|public-data))',
    ),
    rule(
      'components-take-props',
      'Components take data and actions as props.',
      '^components',
      '^(app|db|lib/(services|auth|jobs|mail|public-data))',
    ),
    rule(
      'nothing-behind-knows-the-front',
      'The front calls endpoints; what it stands before does not know it.',
      '^(app|components|db|lib)',
      '^front',
    ),
    rule(
      'the-front-knows-no-page',
      'The front answers by endpoints of lib, and hands everything else to Next.',
      '^front',
      '^(app|components|db)',
    ),
    rule(
      'commands-through-services',
      'Pages change things through services alone.',
      '^app',
      '^db/(commands|schema|client)',
    ),
    {
      name: 'drizzle-in-db-only',
      comment: 'SQL lives in db.',
      severity: 'error',
      from: { path: '^(app|components|lib)', pathNot: '\\.test\\.ts$' },
      to: { path: '^node_modules/(drizzle-orm|postgres)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '\\.next' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
