package dev.blastwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {

  private static final Lineage.Output ID = column("id");
  private static final Lineage.Output EMAIL = column("email");
  private static final Lineage.Output STAR =
      new Lineage.Output(List.of(new ColumnOrigin(null, "customers", "*")), true, true);

  @Test
  void itemsWithoutExpansionStandWhereTheyAreWritten() {
    Lineage lineage = new Lineage(List.of(ID, EMAIL));

    assertThat(lineage.at(0, 2)).isEqualTo(ID);
    assertThat(lineage.at(1, 2)).isEqualTo(EMAIL);
  }

  @Test
  void aResultOfAnotherWidthThanTheTextSaysIsNotTraced() {
    Lineage lineage = new Lineage(List.of(ID, EMAIL));

    assertThat(lineage.at(1, 3).traced()).isFalse();
    assertThat(Lineage.EMPTY.at(0, 1).traced()).isFalse();
  }

  @Test
  void itemsAroundOneExpansionKeepTheirPlaces() {
    Lineage lineage = new Lineage(List.of(ID, STAR, EMAIL));

    assertThat(lineage.at(0, 6)).isEqualTo(ID);
    assertThat(lineage.at(3, 6).origins()).isEqualTo(STAR.origins());
    assertThat(lineage.at(5, 6)).isEqualTo(EMAIL);
  }

  @Test
  void betweenTwoExpansionsEveryOriginIsPossible() {
    Lineage lineage = new Lineage(List.of(STAR, EMAIL, STAR));

    assertThat(lineage.at(2, 5).origins()).containsAll(STAR.origins()).containsAll(EMAIL.origins());
  }

  private static Lineage.Output column(String name) {
    return new Lineage.Output(List.of(new ColumnOrigin(null, "customers", name)), true, false);
  }
}
