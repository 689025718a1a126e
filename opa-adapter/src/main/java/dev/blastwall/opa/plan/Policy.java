package dev.blastwall.opa.plan;

import java.util.List;

/** A whole plan: the entrypoints, the functions they use, the built-ins that those call. */
public record Policy(
    List<Entrypoint> entrypoints, List<Function> functions, List<String> builtins) {
  public Policy {
    entrypoints = List.copyOf(entrypoints);
    functions = List.copyOf(functions);
    builtins = List.copyOf(builtins);
  }

  /** What can be evaluated from outside: local 0 is the input, local 1 the data. */
  public record Entrypoint(String name, List<Block> blocks) {
    public Entrypoint {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * A rule or function of Rego.
   *
   * @param name what {@link Statement.Call} names
   * @param path what {@link Statement.CallDynamic} names
   * @param params the locals that take the arguments: input, data, then the rule's own
   */
  public record Function(String name, List<String> path, List<Integer> params, List<Block> blocks) {
    public Function {
      path = List.copyOf(path);
      params = List.copyOf(params);
      blocks = List.copyOf(blocks);
    }

    /**
     * Whether it takes no arguments of its own, so that it has one value under one input and data.
     */
    public boolean isRule() {
      return params.size() == 2;
    }
  }
}
