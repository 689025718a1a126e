package dev.blastwall.protocol.sql.grammar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What the build read from the module's JavaScript: which minified name stands for what. */
final class ModuleNames {

  private static final String RESOURCE = "libpg-query.properties";
  private static final Properties PROPERTIES = load();

  private ModuleNames() {}

  /** The function that the module imports as {@code minified}. */
  static String imported(String minified) {
    return required("import." + minified);
  }

  /** The name under which the module exports {@code function}. */
  static String exported(String function) {
    return required("export." + function);
  }

  /** {@code node.field} to the one kind of node that it holds. */
  static Map<String, String> fields() {
    String prefix = "field.";
    return PROPERTIES.stringPropertyNames().stream()
        .filter(key -> key.startsWith(prefix))
        .collect(
            Collectors.toUnmodifiableMap(
                key -> key.substring(prefix.length()), PROPERTIES::getProperty));
  }

  private static String required(String key) {
    String value = PROPERTIES.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(RESOURCE + " has no " + key);
    }
    return value;
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = ModuleNames.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + RESOURCE);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
