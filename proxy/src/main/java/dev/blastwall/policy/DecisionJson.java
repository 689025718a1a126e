package dev.blastwall.policy;

import dev.blastwall.command.Limits;
import dev.blastwall.masking.DetectorMask;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.masking.PathMask;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Decisions as JSON text, in the form in which policy answers them. */
public final class DecisionJson {

  private static final int NANOS = 9;

  private DecisionJson() {}

  /** The word of the contract for what {@code decision} does. */
  public static String outcome(Decision decision) {
    return switch (decision) {
      case Decision.Forward forward -> "forward";
      case Decision.Hold hold -> "hold";
      case Decision.Refuse refuse -> "refuse";
    };
  }

  /** The whole decision, and the revision that made it. */
  public static String write(Decision decision) {
    return Json.write(value(decision));
  }

  static ObjectValue value(Decision decision) {
    ObjectValue object =
        new ObjectValue(8)
            .put("outcome", outcome(decision))
            .put("revision", decision.revision())
            .put("reasons", CommandInput.array(decision.reasons(), DecisionJson::reason))
            .put("log", new ObjectValue(0));
    return switch (decision) {
      case Decision.Forward forward ->
          object
              .put("masks", masks(forward.masks()))
              .put("record", forward.recordFirst() ? "required" : "buffered")
              .put("limits", limits(forward.limits()));
      case Decision.Hold hold ->
          object
              .put("hold", hold(hold))
              .put("record", "required")
              .put("limits", limits(hold.limits()));
      case Decision.Refuse refuse ->
          object.put("record", "buffered").put("limits", new ObjectValue(0));
    };
  }

  private static Value reason(Decision.Reason reason) {
    return new ObjectValue(2).put("code", reason.code()).put("message", reason.message());
  }

  private static Value hold(Decision.Hold hold) {
    return new ObjectValue(3)
        .put("approvers", CommandInput.strings(hold.approvers()))
        .put("quorum", hold.quorum())
        .put("timeout", seconds(hold.timeout()));
  }

  private static Value limits(Limits limits) {
    ObjectValue object = new ObjectValue(3);
    if (limits.rows() != Limits.NONE.rows()) {
      object.put("rows", limits.rows());
    }
    if (limits.bytes() != Limits.NONE.bytes()) {
      object.put("bytes", limits.bytes());
    }
    if (!limits.limitsNoTime()) {
      object.put("duration", seconds(limits.duration()));
    }
    return object;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), NANOS).stripTrailingZeros().toPlainString() + "s";
  }

  private static Value masks(MaskPlan plan) {
    ArrayValue masks = new ArrayValue(plan.columns().size());
    new TreeMap<>(plan.columns()).forEach((column, mask) -> column(masks, column, mask));
    for (DetectorMask detector : plan.detectors()) {
      masks.add(method(detector.mask()).put("detector", detector.detector().word()));
    }
    return masks;
  }

  private static void column(ArrayValue masks, int column, Mask mask) {
    if (mask instanceof Mask.AtPaths(List<PathMask> places)) {
      places.forEach(place ->
          masks.add(method(place.mask()).put("column", column).put("path", place.path().text())));
    } else {
      masks.add(method(mask).put("column", column));
    }
  }

  private static ObjectValue method(Mask mask) {
    ObjectValue object = new ObjectValue(5);
    return switch (mask) {
      case Mask.Redact redact -> object.put("method", "redact");
      case Mask.Nullify nullify -> object.put("method", "null");
      case Mask.Hash hash -> object.put("method", "hash");
      case Mask.Tokenize tokenize -> object.put("method", "tokenize");
      case Mask.Partial partial -> partial(object.put("method", "partial"), partial);
      case Mask.AtPaths paths -> throw new IllegalArgumentException("a path leads to no path");
    };
  }

  private static ObjectValue partial(ObjectValue object, Mask.Partial partial) {
    object.put("keep_first", partial.keepFirst()).put("keep_last", partial.keepLast());
    return partial.keepFrom() == null ? object : object.put("keep_from", partial.keepFrom());
  }
}
