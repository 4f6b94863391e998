package dev.leat.spi.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageAddressTest {
  private static final Path FOLDER = Path.of("/flows/shop");

  @ParameterizedTest
  @CsvSource({
    "out/orders.csv, file, /flows/shop/out, orders.csv",
    "orders.csv, file, /flows/shop, orders.csv",
    "../in/*.csv, file, /flows/in, *.csv",
    "/data/in/crm/*.csv, file, /data/in/crm, *.csv",
    "/x.csv, file, /, x.csv",
    "file:/data/x.csv, file, /data, x.csv",
    "file:///data/x.csv, file, /data, x.csv",
    "file:x.csv, file, /flows/shop, x.csv",
    "in/{date}/a*/x.csv, file, /flows/shop/in, {date}/a*/x.csv",
    "*.csv, file, /flows/shop, *.csv",
    "s3://acme/raw/crm/x.csv, s3, acme/raw/crm, x.csv",
    "s3://acme/raw/**/x.csv, s3, acme/raw, **/x.csv",
    "s3://acme/*.csv, s3, acme, *.csv",
    "s3://acme/raw/, s3, acme/raw, ''",
    "s3://acme, s3, acme, ''"
  })
  void anAddressIsDividedIntoRootAndName(String address, String scheme, String root, String name) {
    assertThat(StorageAddress.of(address, FOLDER))
        .isEqualTo(new StorageAddress(scheme, root, name));
  }

  @ParameterizedTest
  @CsvSource({
    "out/orders, file, /flows/shop/out/orders",
    "s3://acme/out/orders/, s3, acme/out/orders",
    "s3://acme, s3, acme"
  })
  void aFolderIsARoot(String address, String scheme, String root) {
    assertThat(StorageAddress.folder(address, FOLDER))
        .isEqualTo(new StorageAddress(scheme, root, ""));
  }
}
