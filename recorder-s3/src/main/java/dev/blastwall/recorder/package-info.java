/**
 * Writes, verifies and replays tamper-evident recordings of sessions.
 *
 * <p>Enters: records of sessions, each a type, two clocks and canonical bytes; nothing here knows
 * protocols or policy. Leaves: a folder of hash-chained, signed, compressed segments with a signed
 * ledger of all sessions, which anyone can verify with the folder and a public key. Follows {@code
 * FORMAT.md} beside this module's sources, on top of FIPS 180-4 (SHA-256), RFC 8032 (Ed25519) and
 * RFC 8878 (Zstandard).
 *
 * <pre>
 *   event loops  -> Intake       bounded queue; never blocks
 *   writer       -> SpoolWriter  chains the entries, one write and one fsync for all sessions, tells who waits
 *   sealer       -> Sealer       a finished spool generation becomes one signed segment per session,
 *                                then one signed statement in the ledger, then the generation is deleted
 *   after a kill -> Recovery     cuts the torn tail, closes what was open, and seals with the same code
 *   any reader   -> Verifier, SessionReader
 * </pre>
 *
 * What fails, fails closed: a record that is not known to be durable is told as refused, and a
 * recorder whose disk failed takes nothing more. Why the format is as it is: {@code
 * ci/adr/002-recording-format.md}.
 */
@NullMarked
package dev.blastwall.recorder;

import org.jspecify.annotations.NullMarked;
