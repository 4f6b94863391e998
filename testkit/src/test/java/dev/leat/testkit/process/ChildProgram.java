package dev.leat.testkit.process;

import dev.leat.spi.Failpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What {@link ChildJvmIT} starts: does what its standard input says. */
final class ChildProgram {
  private ChildProgram() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("arguments " + String.join("|", arguments));
    System.out.println("property " + System.getProperty("some.property"));
    System.out.println("variable " + System.getenv("SOME_VARIABLE"));
    System.out.println("memory " + Runtime.getRuntime().maxMemory());
    System.err.println("errors too: \u00e9");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("shutdown hook")));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "exit" -> System.exit(7);
        case "failpoint" -> Failpoint.reach("here");
        default -> System.out.println("read " + line);
      }
    }
  }
}
