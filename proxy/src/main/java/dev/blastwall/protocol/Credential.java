package dev.blastwall.protocol;

import java.security.cert.X509Certificate;

/** How a client proves who it is; new ways are a compile error wherever that is found out. */
public sealed interface Credential {

  /**
   * By a token of an issuer; nothing in it is checked yet.
   *
   * @param text the JWT
   */
  record Token(Secret text) implements Credential {}

  /**
   * By a certificate. TLS has proved that the client holds its key and that an authority of the
   * listener vouches for it; whom it names is still to be read.
   *
   * @param issuer the name under which the listener knows its authorities
   * @param certificate the client's own certificate
   */
  record Certificate(String issuer, X509Certificate certificate) implements Credential {}
}
