// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may import whom.
 */
@AnalyzeClasses(packages = "io.github.fallbackai", importOptions = ArchitectureTests.MainClasses.class)
class ArchitectureTests {

	private static final String BASE = "io.github.fallbackai.";

	private static final Set<String> METHODS_OF_MAPS = methodsOfMaps();

	@ArchTest
	static final ArchRule endpointKnowsNobody = valuesImportNothingBut(BASE + "endpoint..");

	@ArchTest
	static final ArchRule failureKnowsEndpointOnly = valuesImportNothingBut(BASE + "failure..", BASE + "endpoint..");

	@ArchTest
	static final ArchRule chatKnowsValuesBelowIt = valuesImportNothingBut(BASE + "chat..", BASE + "failure..",
			BASE + "endpoint..");

	@ArchTest
	static final ArchRule statusKnowsValuesBelowIt = valuesImportNothingBut(BASE + "status..", BASE + "chat..",
			BASE + "failure..", BASE + "endpoint..");

	@ArchTest
	static final ArchRule policyKnowsValuesBelowIt = valuesImportNothingBut(BASE + "policy..", BASE + "chat..",
			BASE + "failure..", BASE + "endpoint..");

	@ArchTest
	static final ArchRule dialectsDoNotKnowOneAnother = slices().matching(BASE + "client.http.provider.(*)..")
		.should()
		.notDependOnEachOther()
		.ignoreDependency(alwaysTrue(), resideInAPackage(BASE + "client.http.provider.json"))
		.ignoreDependency(alwaysTrue(), resideInAPackage(BASE + "client.http.provider.embedding"));

	@ArchTest
	static final ArchRule dialectsDoNotKnowEngineOrTransport = noClasses().that()
		.resideInAPackage(BASE + "client.http.provider..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BASE + "engine..", BASE + "client.http.netty..", BASE + "breaker..");

	@ArchTest
	static final ArchRule engineKnowsNoAdapter = noClasses().that()
		.resideInAPackage(BASE + "engine..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BASE + "client.http..", BASE + "state..", BASE + "actuate..", BASE + "autoconfigure..",
				"org.springframework..", "io.github.resilience4j..");

	@ArchTest
	static final ArchRule budgetKnowsNoAdapterAndNoGate = noClasses().that()
		.resideInAPackage(BASE + "budget..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BASE + "client..", BASE + "state.redis..", BASE + "breaker..", BASE + "engine..",
				BASE + "event..", BASE + "actuate..", BASE + "autoconfigure..", "org.springframework..");

	@ArchTest
	static final ArchRule clusterKnowsStoresAndValuesOnly = classes().that()
		.resideInAPackage(BASE + "cluster..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(BASE + "cluster..", BASE + "state", BASE + "failure..", BASE + "endpoint..", "java..",
				"org.jspecify..", "org.slf4j..", "reactor..", "org.reactivestreams..");

	/** But for a builder and a factory, which know what they make. */
	@ArchTest
	static final ArchRule classesOfBreakerAndClusterAreFreeOfCycles = slices()
		.assignedFrom(
				new ClassSlices(Set.of(BASE + "breaker", BASE + "cluster"), Set.of("EndpointGatesBuilder", "Cluster")))
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule gatewayKnowsOperationsAndValuesOnly = noClasses().that()
		.resideInAPackage(BASE + "gateway..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BASE + "engine..", BASE + "client..", BASE + "breaker..", BASE + "state..",
				BASE + "actuate..", BASE + "autoconfigure..");

	@ArchTest
	static final ArchRule sseKnowsValuesAndServerSentEventsOnly = classes().that()
		.resideInAPackage(BASE + "sse..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(BASE + "sse..", BASE + "heartbeat..", BASE + "chat..", BASE + "failure..", "java..",
				"org.jspecify..", "org.slf4j..", "reactor.core..", "org.reactivestreams..", "com.fasterxml.jackson..",
				"org.springframework.http..");

	@ArchTest
	static final ArchRule onlyAutoconfigureAndActuateKnowSpringBoot = noClasses().that()
		.resideOutsideOfPackages(BASE + "autoconfigure..", BASE + "actuate..", BASE + "test..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule onlyBreakerAndAutoconfigureKnowResilience4j = noClasses().that()
		.resideOutsideOfPackages(BASE + "breaker..", BASE + "autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.github.resilience4j..");

	@ArchTest
	static final ArchRule onlyTheRedisStoreKnowsSpringData = noClasses().that()
		.resideOutsideOfPackages(BASE + "state.redis..", BASE + "autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.data..");

	@ArchTest
	static final ArchRule onlyTheWiresKnowReactorNetty = noClasses().that()
		.resideOutsideOfPackages(BASE + "client.http.netty..", BASE + "wire..", BASE + "autoconfigure..",
				BASE + "test..")
		// The server does a few things unlike others.
		.and()
		.haveNameNotMatching(".*\\.gateway\\.ReactorNettyServer")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("reactor.netty..", "io.netty..");

	@ArchTest
	static final ArchRule propertiesKnowNoOtherPartOfAutoconfigure = doesNotKnow("properties", "autoconfigure",
			"diagnosis", "endpoint", "chain");

	@ArchTest
	static final ArchRule diagnosisKnowsPropertiesOnly = doesNotKnow("diagnosis", "autoconfigure", "endpoint", "chain");

	@ArchTest
	static final ArchRule endpointKnowsPropertiesAndDiagnosisOnly = doesNotKnow("endpoint", "autoconfigure", "chain");

	@ArchTest
	static final ArchRule chainKnowsNoBeans = doesNotKnow("chain", "autoconfigure");

	@ArchTest
	static final ArchRule onlyAutoconfigureKnowsItsParts = noClasses().that()
		.resideOutsideOfPackage(BASE + "autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(BASE + "autoconfigure.*..");

	@ArchTest
	static final ArchRule everyBeanGivesWayToTheApplications = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnMissingBean.class);

	/** Spring Framework 7 took away most of what headers had inherited as a map. */
	@ArchTest
	static final ArchRule noCodeUsesHeadersAsAMap = noClasses().should()
		.callMethodWhere(
				describe("headers are used as a map", (call) -> call.getTargetOwner().isAssignableTo(HttpHeaders.class)
						&& METHODS_OF_MAPS.contains(call.getName())));

	/**
	 * A generation of Spring Boot that is no longer supported is one package to remove.
	 */
	@ArchTest
	static final ArchRule onlyOnePackageKnowsWhatOnlySpringBoot3Has = noClasses().that()
		.resideOutsideOfPackage(BASE + "autoconfigure.boot3..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.actuate.health..",
				"org.springframework.boot.actuate.autoconfigure.health..",
				"org.springframework.boot.autoconfigure.*.*..", "org.springframework.boot.autoconfigure.web..");

	@ArchTest
	static final ArchRule onlyOnePackageKnowsWhatOnlySpringBoot4Has = noClasses().that()
		.resideOutsideOfPackage(BASE + "autoconfigure.boot4..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.health..", "org.springframework.boot.data..");

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching(BASE + "(**)").should().beFreeOfCycles();

	/**
	 * One of the packages below autoconfigure, and those beside it that it does without.
	 */
	private static ArchRule doesNotKnow(String part, String... others) {
		String[] packages = Arrays.stream(others)
			.map((other) -> BASE + (other.equals("autoconfigure") ? other : "autoconfigure." + other))
			.toArray(String[]::new);
		return noClasses().that()
			.resideInAPackage(BASE + "autoconfigure." + part)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(packages);
	}

	/** But for those that headers still have in every generation. */
	private static Set<String> methodsOfMaps() {
		Set<String> names = Stream.<Class<?>>of(Map.class, MultiValueMap.class)
			.flatMap((type) -> Arrays.stream(type.getMethods()))
			.map(Method::getName)
			.collect(Collectors.toSet());
		names.removeAll(Set.of("getFirst", "add", "set", "forEach"));
		return names;
	}

	private static ArchRule valuesImportNothingBut(String ownPackage, String... below) {
		String[] allowed = new String[below.length + 6];
		System.arraycopy(below, 0, allowed, 0, below.length);
		String[] common = { ownPackage, "java..", "org.jspecify..", "reactor..", "org.reactivestreams..",
				"com.fasterxml.jackson.annotation.." };
		System.arraycopy(common, 0, allowed, below.length, common.length);
		return classes().that()
			.resideInAPackage(ownPackage)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(allowed);
	}

	/**
	 * What is released, wherever a build finds it: a module that is packaged shows its
	 * tests as a jar.
	 */
	static final class MainClasses implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("/test-classes/") && !location.contains("-tests.jar");
		}

	}

}
