package dev.blastwall.identity;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;

/** Where the keys of one issuer come from. */
interface KeySource {

  /**
   * Fetches the issuer's public keys now; blocks.
   *
   * @throws KeysUnavailableException if they cannot be had
   */
  List<JWK> fetch() throws KeysUnavailableException;
}
