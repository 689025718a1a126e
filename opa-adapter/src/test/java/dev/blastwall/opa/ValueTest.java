package dev.blastwall.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ValueTest {
  @Property(tries = 500)
  void equalValuesCompareAsZeroAndHashAlike(@ForAll("values") Value a, @ForAll("values") Value b) {
    assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
    if (a.equals(b)) {
      assertThat(a).hasSameHashCodeAs(b);
    }
  }

  @Property(tries = 500)
  void theOrderIsTotal(
      @ForAll("values") Value a, @ForAll("values") Value b, @ForAll("values") Value c) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
      assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
    }
  }

  @Property(tries = 200)
  void theOrderInWhichAnObjectIsFilledDoesNotMatter(@ForAll("entries") List<Integer> keys) {
    // Given
    ObjectValue forwards = new ObjectValue(0);
    ObjectValue backwards = new ObjectValue(keys.size());
    keys.forEach(key -> forwards.put(Value.of(key), Value.of("v" + key)));
    keys.reversed().forEach(key -> backwards.put(Value.of(key), Value.of("v" + key)));

    // Then
    assertThat(forwards).isEqualTo(backwards).hasSameHashCodeAs(backwards);
    assertThat(forwards.toString()).isEqualTo(backwards.toString());
    keys.forEach(key -> assertThat(forwards.get(Value.of(key))).isEqualTo(Value.of("v" + key)));
  }

  @Property(tries = 200)
  void objectsThatShareTheirKeysAreFilledApart(@ForAll("entries") List<Integer> keys) {
    // Given
    ObjectValue shape = ObjectValue.ofKeys(keys.stream().distinct().map(Value::of).toList());
    Value[] values = new Value[shape.size()];
    Arrays.setAll(values, Value::of);

    // When
    ObjectValue more = shape.withValues(values).put("more", 1).put("still more", 2);
    ObjectValue other = shape.withValues(values.clone()).put("other", 3);

    // Then
    for (int i = 0; i < values.length; i++) {
      assertThat(more.get(shape.keyAt(i))).isEqualTo(Value.of(i));
      assertThat(shape.get(shape.keyAt(i))).isEqualTo(NullValue.NULL);
    }
    assertThat(more.get("still more")).isEqualTo(Value.of(2));
    assertThat(more.get("other")).isNull();
    assertThat(other.get("other")).isEqualTo(Value.of(3));
    assertThat(other.get("more")).isNull();
    assertThat(other.sortedKeyAt(other.size() - 1)).isEqualTo(Value.of("other"));
  }

  @Property(tries = 200)
  void whatIsWrittenAsJsonReadsBackTheSame(@ForAll("json") Value value) throws IOException {
    assertThat(Json.read(Json.write(value))).isEqualTo(value);
  }

  @Test
  void numbersAreEqualByValueAndPrintAsWritten() {
    // Given
    NumberValue plain = NumberValue.parse("1");
    NumberValue decimal = NumberValue.parse("1.0");

    // Then
    assertThat(plain)
        .isEqualTo(decimal)
        .hasSameHashCodeAs(decimal)
        .isEqualTo(NumberValue.parse("10e-1"));
    assertThat(decimal).hasToString("1.0");
    assertThat(NumberValue.parse("18446744073709551617").toBigInteger())
        .hasToString("18446744073709551617");
    assertThat(NumberValue.parse("0.1").compareTo(NumberValue.parse("0.10000000000000000001")))
        .isNegative();
  }

  @Test
  void anExponentThatWouldFillTheMemoryIsRefused() {
    assertThatThrownBy(() -> NumberValue.parse("1e999999999"))
        .isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> Json.read("[1e999999999]")).isInstanceOf(IOException.class);
  }

  @Test
  void stringsSortByCodePoints() {
    // Given: in UTF-16 the first unit of the emoji sorts before U+FF5E.
    Value emoji = Value.of("😀");
    Value tilde = Value.of("～");

    // Then
    assertThat(tilde.compareTo(emoji)).isNegative();
    assertThat(((StringValue) emoji).length()).isEqualTo(1);
  }

  @Test
  void typesSortInOpasOrder() {
    assertThat(
            List.of(
                NullValue.NULL,
                BooleanValue.FALSE,
                BooleanValue.TRUE,
                Value.of(7),
                Value.of("a"),
                new ArrayValue(0),
                new ObjectValue(0),
                new SetValue(0)))
        .isSorted();
  }

  @Test
  void setsBecomeSortedArraysAndKeysBecomeTextInJson() {
    // Given
    SetValue set = SetValue.of(List.of(Value.of(3), Value.of(1), Value.of(2), Value.of(1)));
    ObjectValue object = new ObjectValue(1).put(Value.of(1), set);

    // Then
    assertThat(Json.write(object)).isEqualTo("{\"1\":[1,2,3]}");
  }

  @Test
  void deepNestingIsRefusedInsteadOfExhaustingTheStack() {
    assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(IOException.class);
  }

  @Provide
  Arbitrary<List<Integer>> entries() {
    return Arbitraries.integers().between(-50, 50).list().uniqueElements().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Value> values() {
    return nested(scalars(), true);
  }

  @Provide
  Arbitrary<Value> json() {
    return nested(scalars(), false);
  }

  private static Arbitrary<Value> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(NullValue.NULL, BooleanValue.TRUE, BooleanValue.FALSE),
        Arbitraries.integers().between(-3, 3).map(Value::of),
        Arbitraries.bigDecimals()
            .ofScale(1)
            .between(java.math.BigDecimal.valueOf(-2), java.math.BigDecimal.valueOf(2))
            .map(number -> NumberValue.parse(number.toString())),
        Arbitraries.of("", "a", "b", "~", "～", "😀", "\u0001\"\\").map(Value::of));
  }

  private static Arbitrary<Value> nested(Arbitrary<Value> leaf, boolean withSets) {
    Arbitrary<Value> inner = leaf;
    for (int depth = 0; depth < 2; depth++) {
      Arbitrary<Value> below = inner;
      Arbitrary<Value> keys = withSets ? below : Arbitraries.of("a", "b", "c").map(Value::of);
      Arbitrary<Value> arrays = below.list().ofMaxSize(3).map(ArrayValue::of);
      Arbitrary<Value> sets = below.list().ofMaxSize(3).map(SetValue::of);
      Arbitrary<Value> objects =
          Arbitraries.maps(keys, below)
              .ofMaxSize(3)
              .map(map -> {
                ObjectValue object = new ObjectValue(0);
                map.forEach(object::put);
                return object;
              });
      inner = Arbitraries.oneOf(leaf, arrays, withSets ? sets : arrays, objects);
    }
    return inner;
  }
}
