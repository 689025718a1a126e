package dev.blastwall.opa.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Compiled patterns by what they were written as. A full cache is emptied: patterns of a policy
 * come back soon.
 */
final class PatternCache<K> {
  private static final int MAX_PATTERNS = 1_000;

  private final ConcurrentHashMap<K, Pattern> patterns = new ConcurrentHashMap<>();
  private final Function<K, Pattern> compile;

  PatternCache(Function<K, Pattern> compile) {
    this.compile = compile;
  }

  Pattern get(K key) {
    Pattern known = patterns.get(key);
    if (known != null) {
      return known;
    }
    if (patterns.size() >= MAX_PATTERNS) {
      patterns.clear();
    }
    Pattern compiled = compile(key);
    patterns.put(key, compiled);
    return compiled;
  }

  private Pattern compile(K key) {
    try {
      return compile.apply(key);
    } catch (PatternSyntaxException e) {
      throw BuiltinFailure.failed(String.valueOf(e.getMessage()));
    }
  }
}
