/**
 * Evaluates bundles in a real OPA beside the process.
 *
 * <p>In comes a bundle, for which an OPA of its own is started and looked after ({@link
 * dev.blastwall.opa.sidecar.SidecarEngines}), or the address of an OPA that runs already and loads
 * its bundles itself ({@link dev.blastwall.opa.sidecar.OpaAddress}); out goes a {@link
 * dev.blastwall.opa.sidecar.SidecarEngine}, which asks it: HTTP/1.1 with connections that are kept,
 * over a Unix domain socket or TCP.
 *
 * <p>What an OPA answers is read as its REST API says (OPA's documentation, REST API: Data API,
 * Errors, Health API), version 1.22.0. Whatever is no answer is a {@link
 * dev.blastwall.opa.PolicyException}.
 */
@NullMarked
package dev.blastwall.opa.sidecar;

import org.jspecify.annotations.NullMarked;
