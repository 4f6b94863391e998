package dev.leat.flow.load;

import dev.leat.spi.storage.StoredFile;
import java.util.Map;

/**
 * A file to load.
 *
 * @param file as it was listed
 * @param values of columns that its name gives
 * @param again whether it was loaded before, so that its rows are replaced
 */
public record FoundFile(StoredFile file, Map<String, String> values, boolean again) {
  public FoundFile {
    values = Map.copyOf(values);
  }
}
