// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.GatedEndpointControl;
import io.github.fallbackai.autoconfigure.chain.ChainFactory;
import io.github.fallbackai.autoconfigure.chain.ChainList;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.endpoint.AllEndpointProperties;
import io.github.fallbackai.autoconfigure.endpoint.EndpointFactory;
import io.github.fallbackai.autoconfigure.warmup.WarmUp;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.endpoint.EndpointCustomizer;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.event.LoggingCallListener;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of {@link AiFallbackTemplate} from the endpoints below
 * {@code fallback.ai}.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.autoconfigure.web.reactive.function.client.WebClientAutoConfiguration",
				"org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration",
				"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
				"io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration",
				"io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
				"io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration" })
@ConditionalOnProperty(prefix = FallbackAiProperties.PREFIX, name = "enabled", matchIfMissing = true)
@Conditional(OnEndpointsCondition.class)
@EnableConfigurationProperties(FallbackAiProperties.class)
@Import({ FallbackClientConfiguration.class, FallbackBreakerConfiguration.class, FallbackStateStoreConfiguration.class,
		TokenConfiguration.class })
public class FallbackAiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CallTime fallbackAiTime(@Qualifier(CallTime.SCHEDULER) ObjectProvider<Scheduler> scheduler) {
		return new CallTime(scheduler.getIfAvailable(Schedulers::parallel));
	}

	@Bean
	@ConditionalOnMissingBean
	AllEndpointProperties fallbackAiEndpointProperties(Environment environment, FallbackAiProperties properties) {
		return AllEndpointProperties.read(environment, properties);
	}

	@Bean
	@ConditionalOnMissingBean
	FallbackSetup fallbackAiSetup(Environment environment, FallbackAiProperties properties,
			AllEndpointProperties endpoints, EndpointClients clients, ObjectProvider<EndpointCustomizer> customizers) {
		EndpointFactory factory = new EndpointFactory(clients.providers(), customizers.orderedStream().toList());
		return new ChainFactory(factory).create(endpoints.all(), ChainList.read(environment, properties),
				properties.getLimits().getConsumerStall());
	}

	@Bean
	@ConditionalOnMissingBean
	StartedStatus fallbackAiStartedStatus(ConfigurableListableBeanFactory beans) {
		return new StartedStatus(beans);
	}

	@Bean
	@ConditionalOnMissingBean
	LoggingCallListener fallbackAiLoggingCallListener(StartedStatus status, FallbackAiProperties properties) {
		return new LoggingCallListener(status, properties.isLogProviderMessages());
	}

	@Bean
	@ConditionalOnMissingBean
	FallbackListeners fallbackAiListeners(ObjectProvider<CallListener> listeners, ApplicationEventPublisher publisher) {
		return new FallbackListeners(
				Stream.concat(listeners.orderedStream(), Stream.of(new EventPublishingListener(publisher))).toList());
	}

	@Bean
	@ConditionalOnMissingBean
	EndpointControl fallbackAiEndpointControl(FallbackSetup configured, EndpointGates gates,
			ObjectProvider<CredentialsProvider> credentials, FallbackListeners listeners) {
		return new GatedEndpointControl(configured.onlyEndpoints(), gates,
				credentials.getIfUnique(CredentialsProvider::configured), new CallListeners(listeners.all()));
	}

	/** For tests alone, so nothing is made for it otherwise. */
	@Bean(autowireCandidate = false)
	@ConditionalOnMissingBean
	@Lazy
	FreshStart fallbackAiFreshStart(FallbackSetup configured, EndpointGates gates) {
		return new FreshStart(configured.onlyEndpoints(), gates);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty(prefix = FallbackAiProperties.PREFIX + ".drill", name = "enabled")
	Drills fallbackAiDrills(FallbackSetup configured, EndpointGates gates, FallbackListeners listeners) {
		return new Drills(configured.onlyEndpoints(), gates, new CallListeners(listeners.all()));
	}

	@Bean
	@ConditionalOnMissingBean
	FallbackClients fallbackAiClients(EndpointClients clients, ObjectProvider<Drills> drills) {
		return new FallbackClients(clients, drills.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(AiFallbackOperations.class)
	AiFallbackTemplate aiFallbackTemplate(FallbackSetup configured, FallbackClients clients, EndpointGates gates,
			EndpointBudgets budgets, FallbackListeners listeners, TokenEstimator tokenEstimator) {
		AiFallbackTemplateBuilder template = AiFallbackTemplate.builder()
			.defaultChain(configured.defaultChain())
			.clients(clients)
			.gates(gates)
			.budgets(budgets)
			.tokenEstimator(tokenEstimator)
			.listeners(listeners.all());
		Check.value(() -> template.consumerStall(configured.consumerStall()));
		configured.endpoints().forEach((endpoint) -> template.endpoint(endpoint.endpoint(), endpoint.retry()));
		configured.chains().forEach((chain) -> template.chain(chain.chain(), chain.settings()));
		return template.build();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty(prefix = FallbackAiProperties.PREFIX, name = "warm-up", matchIfMissing = true)
	@ConditionalOnBean(AiFallbackTemplate.class)
	WarmUp fallbackAiWarmUp(FallbackSetup configured) {
		return new WarmUp(configured.onlyEndpoints());
	}

}
