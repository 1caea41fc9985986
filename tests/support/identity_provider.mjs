// A real OpenID Connect provider with one client and one invented account, who logs in at once:
//
//   node identity_provider.mjs '{"port":…, "client":{…}, "algorithm":"ES256", "signed":true}'
//
// POST /next {"refuse":true} has the next person cancel; {"level":"0"} has them vouched for by less.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${settings.port}`;
const identity = {
  given_name: 'Ada Lucie',
  family_name: 'BEAUVOIR',
  preferred_username: '',
  birthdate: '1988-03-14',
  gender: 'female',
  birthplace: '69123',
  birthcountry: '99100',
  email: 'ada.beauvoir@courriel.example',
};
const scope = ['openid', ...Object.keys(identity)].join(' ');
const jwk = (kind, options, more) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }), ...more,
});
let next = {};
let logins = 0;

const provider = new Provider(issuer, {
  clients: [{
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: settings.algorithm,
    ...(settings.signed ? { userinfo_signed_response_alg: settings.algorithm } : {}),
    ...settings.client,
  }],
  jwks: {
    keys: [
      jwk('ec', { namedCurve: 'P-256' }, { use: 'sig', alg: 'ES256' }),
      jwk('rsa', { modulusLength: 2048 }, { use: 'sig', alg: 'RS256' }),
    ],
  },
  cookies: { keys: ['a key for the cookies of a test'] },
  acrValues: ['0', 'eidas1', 'eidas2', 'eidas3'],
  claims: { acr: null, ...Object.fromEntries(Object.keys(identity).map((name) => [name, [name]])) },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = `<!DOCTYPE html><title>Logout</title>${form}`; },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...identity }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope(scope);
    await grant.save();
    return grant;
  },
});

const body = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};
const answer = provider.callback();
createServer(async (request, response) => {
  if (request.url === '/next') {
    next = request.method === 'POST' ? JSON.parse(await body(request)) : next;
    response.end(JSON.stringify({ logins }));
  } else if (request.url.startsWith('/interaction/')) {
    const now = next;
    next = {};
    logins += 1;
    await provider.interactionFinished(request, response, now.refuse
      ? { error: 'access_denied', error_description: 'the person went away' }
      : { login: { accountId: 'ada-1988', acr: now.level ?? 'eidas1' } });
  } else {
    answer(request, response);
  }
}).listen(settings.port, '127.0.0.1');
