package dev.leat.flow.storage;

import dev.leat.spi.error.LeatException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A file's bytes, whose end is only reached if it is still what it was. */
final class UnchangedInput extends FilterInputStream {
  private final BooleanSupplier unchanged;
  private final Supplier<LeatException> otherwise;

  UnchangedInput(InputStream in, BooleanSupplier unchanged, Supplier<LeatException> otherwise) {
    super(in);
    this.unchanged = unchanged;
    this.otherwise = otherwise;
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return checked(super.read(bytes, offset, length));
  }

  private int checked(int read) throws IOException {
    if (read < 0 && !unchanged.getAsBoolean()) {
      LeatException e = otherwise.get();
      throw new IOException(e.message(), e);
    }
    return read;
  }
}
