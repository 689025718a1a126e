package dev.blastwall.authoring;

import dev.blastwall.command.Command;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.protocol.Verdict;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A gate behind which no approver sits: what is held is given up at once. */
record NobodyApproves(Gate gate) implements Gate {

  @Override
  public void admit(SignIn signIn, Executor loop, Consumer<Admission> then) {
    gate.admit(
        signIn,
        loop,
        admission ->
            then.accept(
                switch (admission) {
                  case Admission.Admitted in ->
                      new Admission.Admitted(new Alone(in.session(), loop), in.upstream());
                  case Admission.Denied out -> out;
                }));
  }

  private record Alone(SessionGate gate, Executor loop) implements SessionGate {

    @Override
    public Session session() {
      return gate.session();
    }

    @Override
    public void onEnding(Consumer<Refusal> then) {
      gate.onEnding(then);
    }

    /** Not before the protocol knows that it waits. */
    @Override
    public void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then) {
      gate.judge(
          command,
          held -> {
            onHold.accept(held);
            loop.execute(held::cancel);
          },
          then);
    }

    @Override
    public void describe(
        Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then) {
      gate.describe(forward, columns, then);
    }

    @Override
    public void observe(Observation observation) {
      gate.observe(observation);
    }

    @Override
    public boolean congested() {
      return gate.congested();
    }

    @Override
    public void close(String why) {
      gate.close(why);
    }
  }
}
