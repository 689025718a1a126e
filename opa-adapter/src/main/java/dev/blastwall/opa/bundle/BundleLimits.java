package dev.blastwall.opa.bundle;

/**
 * How much a bundle may hold, against archives that unpack to more than a program can bear.
 *
 * @param entries files and folders
 * @param bytes unpacked, with the headers of the archive; the archive itself may not be larger
 *     either
 * @param tokens of JSON in all data files and the plan: names, values, beginnings and ends of
 *     objects and arrays
 */
public record BundleLimits(int entries, long bytes, long tokens) {
  /** Room for data of some 200 MB. */
  public static final BundleLimits DEFAULT = new BundleLimits(10_000, 256L << 20, 30_000_000);
}
