/**
 * Logs decisions as OPA does.
 *
 * <p>In comes a {@link dev.blastwall.opa.decisionlog.DecisionEvent} for each decision, from any
 * thread, which is never made to wait; out go events of OPA's format: to an HTTP service in
 * gzip-compressed JSON arrays, to a file or a stream as one line of JSON each, or to any other
 * {@link dev.blastwall.opa.decisionlog.DecisionSink}, such as a recorder.
 *
 * <p>An event goes one way. It is <i>handed over</i> into a bounded queue. A thread of the log asks
 * the {@link dev.blastwall.opa.decisionlog.LogPolicy} (of a bundle: {@code system.log.drop} and
 * {@code system.log.mask}, if they are among its entrypoints) what must not stand in the log,
 * leaves that out, writes the line, and gives it to the sinks. For a service it is <i>accepted</i>
 * with that: it stands in the spool, on disk. Another thread uploads what is in the spool, oldest
 * first, and keeps trying.
 *
 * <h2>What can get lost, and when</h2>
 *
 * Nothing that was accepted is lost by an outage of the service, by the end of the process, or by
 * that of the machine; it may arrive twice, which {@code decision_id} tells. Lost, counted and
 * reported ({@link dev.blastwall.opa.decisionlog.DecisionLogListener}) are:
 *
 * <ul>
 *   <li>the oldest events, when the spool is full: as in OPA, what is new is worth more;
 *   <li>what is handed over while the queue is full, because the disk does not keep up;
 *   <li>what was handed over within the last moments before the process was killed.
 * </ul>
 *
 * <h2>Where this differs from OPA</h2>
 *
 * <ul>
 *   <li>OPA keeps events in memory and logs nothing of a decision whose mask cannot be evaluated.
 *       Here the event stays, without its input and result, which {@code erased} says: a decision
 *       must not hide by breaking the mask.
 *   <li>OPA drops an event that is larger than an upload may be. Here it goes without its input and
 *       result, for the same reason.
 *   <li>A part of a pointer names the member that is called so. OPA percent-encodes it first, so
 *       that {@code /input/a b} removes nothing there.
 * </ul>
 *
 * <p>What decides is OPA's documentation, Decision Logs, and the behaviour of OPA 1.22.0 ({@code
 * v1/plugins/logs}).
 */
@NullMarked
package dev.blastwall.opa.decisionlog;

import org.jspecify.annotations.NullMarked;
