package dev.blastwall.opa;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the records of a class become objects: found once for each class. */
final class RecordKeys {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

  private static final ClassValue<RecordKeys> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordKeys computeValue(Class<?> type) {
          return new RecordKeys(type.getRecordComponents());
        }
      };

  private final ObjectValue keys;
  private final MethodHandle[] getters;

  private RecordKeys(RecordComponent[] components) {
    keys =
        ObjectValue.ofKeys(
            Arrays.stream(components).map(each -> StringValue.name(snakeCase(each))).toList());
    getters = Arrays.stream(components).map(RecordKeys::getter).toArray(MethodHandle[]::new);
    if (keys.size() < getters.length) {
      throw new IllegalArgumentException(
          "two components of " + components[0].getDeclaringRecord() + " give the same key");
    }
  }

  static RecordKeys of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static String snakeCase(RecordComponent component) {
    return HUMP.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static MethodHandle getter(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true); // the record may be private to the program
    try {
      return MethodHandles.lookup().unreflect(accessor).asType(GETTER);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("the accessor of " + component + " is closed", e);
    }
  }

  ObjectValue object(Object record) {
    return keys.withMembers(position -> Input.of(get(record, position)));
  }

  private Object get(Object record, int position) {
    try {
      return getters[position].invokeExact(record);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException("an accessor failed: " + e, e);
    }
  }
}
