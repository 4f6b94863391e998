package dev.leat.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartSizesTest {
  private static final long LARGEST_OBJECT = 5L << 40;

  @Test
  void tenThousandPartsSufficeForTheLargestObject() {
    long size = 0;
    for (int part = 0; part < 10_000; part++) {
      size += PartSizes.of(8_000_000, part);
    }
    assertThat(size).isGreaterThan(LARGEST_OBJECT);
    long known = PartSizes.ofFile(8_000_000, LARGEST_OBJECT);
    assertThat(Math.ceilDiv(LARGEST_OBJECT, known)).isLessThanOrEqualTo(10_000);
    assertThat(known).isLessThan(5L << 30);
  }

  @Test
  void filesOfUsualSizeHavePartsOfUsualSize() {
    assertThat(PartSizes.of(8_000_000, 0)).isEqualTo(8_000_000);
    assertThat(PartSizes.of(8_000_000, 999)).isEqualTo(8_000_000);
    assertThat(PartSizes.ofFile(8_000_000, 1L << 30)).isEqualTo(8_000_000);
  }
}
