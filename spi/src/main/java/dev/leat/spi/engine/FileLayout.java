package dev.leat.spi.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What files look like.
 *
 * @param format {@code csv}, {@code json} (one object a line) or {@code parquet}
 * @param options by name, as text: {@code compression} ({@code none}, {@code gzip}, {@code zstd},
 *     {@code snappy}); for CSV {@code delimiter}, {@code header} and {@code null}; for Parquet
 *     {@code row_group}; what is not there is as is usual for the format
 * @param partition columns whose values make folders, {@code column=value}
 * @param targetSize bytes of a file, about; 0 for one file, or one in each folder
 */
public record FileLayout(
    String format, Map<String, String> options, List<String> partition, long targetSize) {
  public FileLayout {
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    partition = List.copyOf(partition);
  }

  /** One file in a format. */
  public static FileLayout of(String format) {
    return new FileLayout(format, Map.of(), List.of(), 0);
  }

  /** The same without folders. */
  public FileLayout flat() {
    return new FileLayout(format, options, List.of(), targetSize);
  }

  /** What names of such files end with, such as {@code csv.gz}. */
  public String extension() {
    String compression = options.getOrDefault("compression", "none");
    return format.equals("parquet")
        ? format
        : format
            + switch (compression) {
              case "gzip" -> ".gz";
              case "zstd" -> ".zst";
              default -> "";
            };
  }
}
