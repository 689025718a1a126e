/**
 * Puts bundles where gateways fetch them.
 *
 * <p>Enters: a bundle and the URL that it shall have. Leaves: one request to an S3-compatible store
 * (PutObject), one to a web server (PUT, RFC 9110 section 9.3.4), or a few to an OCI registry (OCI
 * Distribution Specification 1.1, Push). Blocking; for pipelines, nothing here runs in a gateway.
 */
@NullMarked
package dev.blastwall.publishing;

import org.jspecify.annotations.NullMarked;
