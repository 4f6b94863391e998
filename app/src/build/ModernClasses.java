import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Part of the build: gives class files of Java 5 and older, in the jars of a folder, the form of
 * Java 8, with the stack maps that it wants. Java's AOT cache takes no older ones, and every command
 * would read them, and all the jars before theirs, for a quarter of its time. What they do stays as
 * it is; a jar with a class for which that is not certain stays as it is, too.
 */
final class ModernClasses {
  /** Java 6, the first whose classes come with stack maps. */
  private static final int FIRST_WITH_STACK_MAPS = 50;

  private static final String NOTICE =
      "The class files of this jar were given the form of Java 8 and stack maps; nothing else was"
          + " changed.\n";

  private final ClassFile classes;

  private ModernClasses(List<Path> jars) {
    URL[] places = jars.stream().map(ModernClasses::url).toArray(URL[]::new);
    this.classes =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(new URLClassLoader(places))));
  }

  /** The folder. */
  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    ModernClasses modern = new ModernClasses(jars);
    for (Path jar : jars) {
      if (hasOldClasses(jar)) {
        modern.rewrite(jar);
      }
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static boolean hasOldClasses(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (isClass(entry)) {
          return isOld(file.getInputStream(entry).readNBytes(8));
        }
      }
      return false;
    }
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
  }

  private static boolean isOld(byte[] head) {
    return (head[6] & 0xff) * 256 + (head[7] & 0xff) < FIRST_WITH_STACK_MAPS;
  }

  private void rewrite(Path jar) throws IOException {
    Path changed = Files.createTempFile(jar.toAbsolutePath().getParent(), "classes", ".tmp");
    boolean certain;
    try (JarFile in = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(changed);
        JarOutputStream out = new JarOutputStream(file)) {
      certain = copy(in, out);
    } catch (RuntimeException e) {
      System.err.println(jar.getFileName() + " keeps its classes: " + e);
      certain = false;
    }
    if (certain) {
      Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(changed);
    }
  }

  private boolean copy(JarFile in, JarOutputStream out) throws IOException {
    for (Enumeration<JarEntry> all = in.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      byte[] content = in.getInputStream(entry).readAllBytes();
      if (isClass(entry) && isOld(content)) {
        content = modern(content);
        if (!classes.verify(content).isEmpty()) {
          System.err.println(in.getName() + " keeps its classes because of " + entry.getName());
          return false;
        }
      }
      out.putNextEntry(new JarEntry(entry.getName()));
      out.write(content);
      out.closeEntry();
    }
    out.putNextEntry(new JarEntry("META-INF/CHANGES-BY-LEAT.txt"));
    out.write(NOTICE.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
    return true;
  }

  private byte[] modern(byte[] content) {
    ClassModel old = classes.parse(content);
    byte[] renamed =
        classes.build(
            old.thisClass().asSymbol(),
            built -> {
              for (ClassElement element : old) {
                if (!(element instanceof ClassFileVersion)) {
                  built.with(element);
                }
              }
              built.withVersion(ClassFile.JAVA_8_VERSION, 0);
            });
    return classes.transformClass(
        classes.parse(renamed), ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));
  }
}
