package dev.leat.flow.load;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Zstandard, decompressed. */
final class Zstd {
  private Zstd() {}

  /** The content is not what zstd writes. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(Throwable cause) {
      super(cause);
    }
  }

  static InputStream open(InputStream raw) {
    return new FilterInputStream(new ZstdInputStream(raw)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
          return super.read(buffer, offset, length);
        } catch (MalformedInputException e) {
          throw new Malformed(e);
        } catch (IOException e) {
          throw new Malformed(e);
        }
      }
    };
  }
}
