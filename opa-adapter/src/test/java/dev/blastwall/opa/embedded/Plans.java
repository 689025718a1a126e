package dev.blastwall.opa.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Small plans by hand, for tests. */
final class Plans {
  static final int INPUT = 0;
  static final int DATA = 1;
  static final int RETURN = 2;

  private Plans() {}

  static PolicyException cause(Evaluation evaluation) {
    assertThat(evaluation).isInstanceOf(Evaluation.Failed.class);
    return ((Evaluation.Failed) evaluation).cause();
  }

  static int codeLength(MethodModel method) {
    return ((CodeAttribute) Objects.requireNonNull(method.code().orElse(null))).codeLength();
  }

  static ArrayValue numbers(int count) {
    ArrayValue numbers = new ArrayValue(count);
    for (int i = 0; i < count; i++) {
      numbers.add(Value.of(i));
    }
    return numbers;
  }

  static ObjectValue input() {
    return new ObjectValue(0);
  }

  /** Four scans of {@code input.list}, one inside the other. */
  static List<Block> nestedScans() {
    Block inner = new Block(List.of());
    for (int depth = 0; depth < 4; depth++) {
      inner = new Block(List.of(new Statement.Scan(3, 4, 5, inner)));
    }
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.Dot(local(INPUT), text("list"), 3));
    statements.addAll(inner.statements());
    statements.add(new Statement.AssignOnce(new Operand.Constant(BooleanValue.TRUE), RETURN));
    return List.of(new Block(statements));
  }

  static Block assign(int target, Value value) {
    return new Block(
        List.of(new Statement.MakeConstant(value, 3), new Statement.AssignOnce(local(3), target)));
  }

  static Statement callMade(int result) {
    return new Statement.Call("g0.data.made", List.of(local(INPUT), local(DATA)), result);
  }

  static Operand local(int index) {
    return new Operand.Local(index);
  }

  static Operand text(String value) {
    return new Operand.Constant(Value.of(value));
  }

  static Policy.Function rule(String name, Block... blocks) {
    List<Block> all = new ArrayList<>(List.of(blocks));
    all.add(new Block(List.of(new Statement.Return(RETURN))));
    return new Policy.Function("g0.data." + name, List.of("g0", name), List.of(INPUT, DATA), all);
  }

  static Policy.Entrypoint entrypoint() {
    return new Policy.Entrypoint(
        "test",
        List.of(
            new Block(
                List.of(
                    new Statement.Call("g0.data.test", List.of(local(INPUT), local(DATA)), 2),
                    new Statement.MakeObject(3),
                    new Statement.ObjectInsert(text("result"), local(2), 3),
                    new Statement.ResultSetAdd(3)))));
  }

  static Policy policy(List<Block> blocks) {
    return new Policy(
        List.of(entrypoint()),
        List.of(rule("test", blocks.toArray(Block[]::new))),
        List.of("internal.print", "plus", "div", "mul", "array.concat", "numbers.range"));
  }

  static EmbeddedEngine engine(List<Block> blocks, EngineOptions options) throws BundleException {
    return load(policy(blocks), options);
  }

  static EmbeddedEngine load(Policy policy, EngineOptions options) throws BundleException {
    return EmbeddedEngine.load(policy, new ObjectValue(0), options, Outliner.LIMIT);
  }
}
