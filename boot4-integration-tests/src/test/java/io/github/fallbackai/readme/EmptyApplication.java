// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with nothing but Spring Boot in it, as
 * <a href="https://start.spring.io">Spring Initializr</a> makes it. The versions of
 * plugins are those of this build, so that Maven has them.
 */
final class EmptyApplication {

	private static final String POM = """
			<project xmlns="http://maven.apache.org/POM/4.0.0">
				<modelVersion>4.0.0</modelVersion>
				<groupId>com.example</groupId>
				<artifactId>demo</artifactId>
				<version>0.0.1-SNAPSHOT</version>
				<properties>
					<maven.compiler.release>17</maven.compiler.release>
					<maven.compiler.parameters>true</maven.compiler.parameters>
					<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
				</properties>
				<dependencyManagement>
					<dependencies>
						<dependency>
							<groupId>org.springframework.boot</groupId>
							<artifactId>spring-boot-dependencies</artifactId>
							<version>%s</version>
							<type>pom</type>
							<scope>import</scope>
						</dependency>
					</dependencies>
				</dependencyManagement>
				<dependencies>
					<dependency>
						<groupId>org.springframework.boot</groupId>
						<artifactId>spring-boot-starter</artifactId>
					</dependency>
			%s
				</dependencies>
				<build>
					<plugins>
						%s
						%s
						%s
					</plugins>
				</build>
			</project>
			""";

	private static final String PLUGIN = "<plugin><artifactId>%s</artifactId><version>%s</version></plugin>";

	private static final String MAIN = """
			package com.example.demo;

			import org.springframework.boot.SpringApplication;
			import org.springframework.boot.autoconfigure.SpringBootApplication;

			@SpringBootApplication
			public class DemoApplication {

				public static void main(String[] args) {
					SpringApplication.run(DemoApplication.class, args);
				}

			}
			""";

	private final Path folder;

	private final Path root;

	EmptyApplication(Path folder, Path root) {
		this.folder = folder;
		this.root = root;
	}

	void create(RootPom build, String springBoot, String dependency) throws IOException {
		Files.writeString(this.folder.resolve("pom.xml"),
				POM.formatted(springBoot, dependency, plugin(build, "maven-resources-plugin"),
						plugin(build, "maven-compiler-plugin"), plugin(build, "maven-dependency-plugin")));
		write("java/com/example/demo/DemoApplication.java", MAIN);
	}

	void paste(String type, String code) throws IOException {
		write("java/com/example/demo/" + type + ".java", "package com.example.demo;\n\n" + code);
	}

	void configure(String yaml) throws IOException {
		write("resources/application.yml", yaml);
	}

	/** Compiles it with Maven. */
	void compile(Path localRepository) throws IOException, InterruptedException {
		Path log = this.folder.resolve("maven.log");
		ProcessBuilder maven = new ProcessBuilder(this.root.resolve("mvnw").toString(), "-B", "-ntp",
				"-Dmaven.repo.local=" + localRepository, "compile", "dependency:build-classpath",
				"-Dmdep.outputFile=target/classpath");
		maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
		Process process = maven.directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
				throw new AssertionError(Files.readString(log));
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	RunningApplication start(Map<String, String> environment, List<String> arguments) throws IOException {
		return RunningApplication.start(this.folder, classPath(), environment, arguments);
	}

	/** Runs another main class of it, to its end. */
	String run(String main, Map<String, String> environment) throws IOException, InterruptedException {
		ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classPath(), "com.example.demo." + main);
		java.environment().putAll(environment);
		Process process = java.directory(this.folder.toFile()).redirectErrorStream(true).start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(output).isZero();
			return output;
		}
		finally {
			process.destroyForcibly();
		}
	}

	private String classPath() throws IOException {
		return "target/classes:" + Files.readString(this.folder.resolve("target/classpath")).strip();
	}

	private void write(String file, String text) throws IOException {
		Path path = this.folder.resolve("src/main").resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

	private static String plugin(RootPom build, String name) {
		return PLUGIN.formatted(name, build.plugin(name));
	}

}
