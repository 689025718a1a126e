/**
 * Brings bundles into a running program and keeps them current.
 *
 * <p>In come the sources of bundles ({@link dev.blastwall.opa.bundle.BundleConfig}); out goes, at
 * any time, the one {@link dev.blastwall.opa.bundle.ActiveBundles} that decides. A bundle goes one
 * way: it is <i>fetched</i> from where it lives, <i>verified</i> and <i>read</i> within limits,
 * <i>compiled</i>, tried with the <i>smoke inputs</i> that it brings along, and only then
 * <i>activated</i>, between two decisions. Whatever fails on that way leaves the last good bundle
 * in charge; that one is also kept on disk for the next start.
 *
 * <p>What decides is OPA's documentation, Bundles, and the behaviour of OPA 1.22.0: {@code
 * v1/bundle} (reading, signatures, deltas), {@code v1/download} (polling), {@code
 * v1/plugins/status}.
 *
 * <h2>Smoke inputs</h2>
 *
 * A bundle says itself what must work before it may decide, as data under {@code system/smoke}, for
 * instance in {@code system/smoke/data.yaml} beside its policies, so that {@code opa build} packs
 * and {@code opa sign} signs it:
 *
 * <pre>{@code
 * alice_may_connect:                # any name
 *   input: {version: 1, ...}        # what is asked
 *   result: {outcome: forward}      # must be part of the answer; without it, any answer will do
 *   entrypoint: blastwall/decision  # needed only where it is not the usual one
 * }</pre>
 */
@NullMarked
package dev.blastwall.opa.bundle;

import org.jspecify.annotations.NullMarked;
