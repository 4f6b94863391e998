package dev.leat.postgres.engine;

import dev.leat.postgres.types.StoredTypes;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.Call;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a call, as a function of PostgreSQL has to be given them. */
record Arguments(Call call) {
  int count() {
    return call.operands().size();
  }

  LogicalType type(int index) {
    return call.types().get(index);
  }

  /** As it is; a NULL alone would not say which function of a name is meant. */
  String as(int index, LogicalType type) {
    String operand = call.operand(index);
    return isNull(index) ? Casts.cast(operand, StoredTypes.name(type)) : operand;
  }

  boolean isNull(int index) {
    return call.operand(index).equalsIgnoreCase("NULL");
  }

  /** Of the result's type. */
  String value(int index) {
    return as(index, call.type());
  }

  String text(int index) {
    return type(index) == Primitive.TEXT
        ? as(index, Primitive.TEXT)
        : Casts.cast(call.operand(index), "TEXT");
  }

  String integer(int index) {
    return type(index) == Primitive.INT32
        ? call.operand(index)
        : Casts.cast(call.operand(index), "INTEGER");
  }

  String real(int index) {
    return type(index) == Primitive.FLOAT64
        ? call.operand(index)
        : Casts.cast(call.operand(index), "DOUBLE PRECISION");
  }

  /** All of them, of the result's type. */
  List<String> values() {
    List<String> values = new ArrayList<>(count());
    for (int i = 0; i < count(); i++) {
      values.add(value(i));
    }
    return values;
  }

  /** An expression as a value of the result's type, where PostgreSQL's is another one. */
  String result(String expression, LogicalType given) {
    return given.equals(call.type())
        ? expression
        : Casts.cast(expression, StoredTypes.name(call.type()));
  }
}
