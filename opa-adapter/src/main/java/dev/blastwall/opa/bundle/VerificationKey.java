package dev.blastwall.opa.bundle;

/**
 * What a signature is checked with, as in {@code keys} of OPA's configuration.
 *
 * @param algorithm the only one that is accepted, whatever a signature says of itself
 * @param key the secret of an HMAC; else public keys or certificates in PEM, of which any will do
 * @param scope what a signature must say that it is for; empty if it must say nothing
 */
public record VerificationKey(SignatureAlgorithm algorithm, SecretRef key, String scope) {}
