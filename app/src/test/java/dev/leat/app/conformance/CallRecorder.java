package dev.leat.app.conformance;

import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableFunction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;

/** Notes which functions a dialect is asked to write. */
final class CallRecorder {
  private final Set<PortableFunction> called = EnumSet.noneOf(PortableFunction.class);
  private final Dialect dialect;

  CallRecorder(Dialect recorded) {
    this.dialect =
        (Dialect)
            Proxy.newProxyInstance(
                CallRecorder.class.getClassLoader(),
                new Class<?>[] {Dialect.class},
                (_, method, arguments) -> {
                  if (arguments != null && arguments[0] instanceof Call call) {
                    called.add(call.function());
                  }
                  try {
                    return method.invoke(recorded, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  /** Writes as the recorded one does. */
  Dialect dialect() {
    return dialect;
  }

  Set<PortableFunction> called() {
    return called;
  }
}
