/** What a page costs in Next before anything of ours: the same version, the same kinds of page, nothing else. */
export default {
  cacheComponents: true,
  poweredByHeader: false,
  agentRules: false,
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['postgres'],
};
