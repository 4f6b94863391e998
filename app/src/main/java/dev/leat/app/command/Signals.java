package dev.leat.app.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals, by way of {@code sun.misc.Signal}: a shutdown hook could neither choose the exit code
 * nor notice that Ctrl-C is pressed again. The class is exported by {@code jdk.unsupported}; it is
 * looked up because the compiler warns of every mention.
 */
final class Signals {
  private Signals() {}

  /** Has SIGINT and SIGTERM call {@code action} from now on, in a thread of their own. */
  static void onInterrupt(Runnable action) {
    for (String name : new String[] {"INT", "TERM"}) {
      handle(name, action);
    }
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
              return null;
            }
            return method.getName().equals("hashCode")
                ? (Object) System.identityHashCode(proxy)
                : method.getName().equals("equals")
                    ? (Object) (arguments != null && proxy == arguments[0])
                    : "interrupt handler";
          };
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, calls);
      Object made = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, made, proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle signals", e);
    }
  }
}
