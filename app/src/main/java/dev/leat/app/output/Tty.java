package dev.leat.app.output;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Asks the C library about a file descriptor; {@link System#console()} knows only about standard
 * input and output together, while messages go to standard error.
 */
final class Tty {
  static final int IN = 0;
  static final int OUT = 1;
  static final int ERR = 2;

  private static final boolean MAC =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

  /** TIOCGWINSZ; asm-generic/ioctls.h on Linux, sys/ttycom.h on macOS. */
  private static final long WINDOW_SIZE_REQUEST = MAC ? 0x40087468L : 0x5413L;

  private Tty() {}

  static boolean isTerminal(int descriptor) {
    if (WINDOWS) {
      // The launcher is a shell script; under Windows output stays plain.
      return false;
    }
    if (isFileOrPipe(descriptor)) {
      return false;
    }
    try {
      return (int)
              function("isatty", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invokeExact(descriptor)
          == 1;
    } catch (Throwable e) {
      // Without an answer plain output is right.
      return false;
    }
  }

  /** What Linux tells by a look, so that a script's commands need not be ready for C functions. */
  private static boolean isFileOrPipe(int descriptor) {
    Path open = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(open).toString();
      return target.equals("/dev/null") || target.startsWith("pipe:") || Files.isRegularFile(open);
    } catch (IOException _) {
      return false;
    }
  }

  static TerminalSize size(int descriptor) {
    if (WINDOWS) {
      return TerminalSize.USUAL;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(8);
      int result =
          (int)
              function(
                      "ioctl",
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_LONG,
                          ValueLayout.ADDRESS),
                      Linker.Option.firstVariadicArg(2))
                  .invokeExact(descriptor, WINDOW_SIZE_REQUEST, size);
      int lines = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
      return result == 0 && columns > 0 && lines > 0
          ? new TerminalSize(columns, lines)
          : TerminalSize.USUAL;
    } catch (Throwable e) {
      return TerminalSize.USUAL;
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), descriptor, options);
  }
}
