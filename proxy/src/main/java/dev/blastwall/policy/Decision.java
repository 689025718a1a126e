package dev.blastwall.policy;

import dev.blastwall.command.Limits;
import dev.blastwall.masking.MaskPlan;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What policy answers. */
public sealed interface Decision {

  /** Why, at least one. */
  List<Reason> reasons();

  /** The bundle revision that decided. */
  String revision();

  /** All reasons as one text for a human. */
  default String explanation() {
    return reasons().stream().map(Reason::message).collect(Collectors.joining(" "));
  }

  /**
   * A reason.
   *
   * @param code short and stable, for machines
   * @param message a sentence for humans
   */
  record Reason(String code, String message) {}

  /**
   * Send it on.
   *
   * @param reasons why
   * @param revision the bundle revision
   * @param masks what to change in the result
   * @param recordFirst whether the command must be durable in the record before it goes upstream
   * @param limits of its answer
   */
  record Forward(
      List<Reason> reasons, String revision, MaskPlan masks, boolean recordFirst, Limits limits)
      implements Decision {
    public Forward {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Let a human decide. Its record is always durable first.
   *
   * @param reasons why
   * @param revision the bundle revision
   * @param approvers who may approve: {@code group:NAME}
   * @param quorum how many of them must
   * @param timeout after which nobody's answer is a no
   * @param limits of the answer, once it is approved
   */
  record Hold(
      List<Reason> reasons,
      String revision,
      List<String> approvers,
      int quorum,
      Duration timeout,
      Limits limits)
      implements Decision {
    public Hold {
      reasons = List.copyOf(reasons);
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * Do not.
   *
   * @param reasons why
   * @param revision the bundle revision
   * @param failed whether policy could not be evaluated, rather than said no
   */
  record Refuse(List<Reason> reasons, String revision, boolean failed) implements Decision {
    public Refuse {
      reasons = List.copyOf(reasons);
    }
  }
}
