// An identity provider that others wrote and that is certified: oidc-provider, told what it is by one JSON argument.
// Whoever logs in as NAME is the subject NAME with the address NAME@halden.example.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const told = JSON.parse(process.argv[2]);
const entry = createRequire(`${told.folder}/`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(entry));

const provider = new Provider(told.issuer, {
  clients: [{
    client_id: told.clientId,
    client_secret: told.clientSecret,
    redirect_uris: told.callbacks,
    post_logout_redirect_uris: told.afterLogout,
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: told.algorithm,
  }],
  jwks: { keys: told.keys },
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true, methods: ["S256"] },
  claims: { openid: ["sub"], profile: ["name"], email: ["email"] },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} of Halden`, email: `${id}@halden.example` }),
  }),
});
const { hostname, port } = new URL(told.issuer);
provider.listen(Number(port), hostname, () => console.log("listening"));
