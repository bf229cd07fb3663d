use crate::Args;
use asyncio::*;
use std::rc::Rc;

const USERS: [&str; 3] = ["ann", "bob", "cat"];

struct Repository {
    query_time: f64,
    slow: f64,
}

impl Repository {
    async fn user(&self, number: usize) -> Result<&'static str> {
        sleep(self.query_time).await?;
        let name = USERS.get(number - 1).copied();
        name.ok_or_else(|| Error::new("NotFound", format!("no user {number}")))
    }

    #[called_with(number)]
    async fn orders(self: Rc<Self>, number: usize) -> Result<usize> {
        sleep(if number == 2 { self.slow } else { self.query_time }).await?;
        Ok(10 * number)
    }

    #[called_with(number)]
    async fn reviews(self: Rc<Self>, number: usize) -> Result<usize> {
        sleep(self.query_time / 2.0).await?;
        if number == 3 {
            return Err(Error::new("Unavailable", "reviews are down"));
        }
        Ok(number)
    }
}

#[derive(Clone)]
struct Service {
    repository: Rc<Repository>,
    fan_out: &'static str,
}

impl Service {
    async fn profile(&self, number: usize) -> Result<String> {
        let name = self.repository.user(number).await?;
        let (orders, reviews) = if self.fan_out == "sequential" {
            let orders = self.repository.clone().orders(number).await?;
            let reviews = self.repository.clone().reviews(number).await?;
            (orders, reviews)
        } else {
            self.orders_and_reviews(number).await?
        };
        Ok(format!("{name}, {orders} orders, {reviews} reviews"))
    }

    async fn orders_and_reviews(&self, number: usize) -> Result<(usize, usize)> {
        let asking = TaskGroup::scope(async |group| {
            let repository = &self.repository;
            let orders = repository.clone().orders(number);
            let orders = group.create_task_named(orders, format!("orders-{number}"))?;
            let reviews = repository.clone().reviews(number);
            let reviews = group.create_task_named(reviews, format!("reviews-{number}"))?;
            Ok((orders, reviews))
        });
        match asking.await {
            Ok((orders, reviews)) => Ok((orders.result()?, reviews.result()?)),
            Err(failed) => Err(failed.members().first().cloned().unwrap_or(failed)),
        }
    }
}

#[called_with(service, number)]
async fn handle(service: Service, number: usize, seconds: f64) -> Result {
    let deadline = timeout(Some(seconds));
    let (status, body) = match deadline.scope(async |_| service.profile(number).await).await {
        Ok(profile) => (200, profile),
        Err(Error::Exception(error)) if error.type_name() == "NotFound" => (404, error.to_string()),
        Err(Error::Exception(error)) if error.type_name() == "Unavailable" => {
            (503, error.to_string())
        }
        Err(error) if error.is_a("TimeoutError") => (504, "took too long".to_string()),
        Err(error) => return Err(error),
    };
    print(format!("GET /users/{number}: {status} {body}"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let timeout = args.float("TIMEOUT");

    let service = Service {
        repository: Rc::new(Repository {
            query_time: args.float("QUERY_TIME"),
            slow: args.float("SLOW"),
        }),
        fan_out: args.choice("FAN_OUT"),
    };
    let serving = TaskGroup::scope(async |group| {
        for number in 1..5 {
            let coroutine = handle(service.clone(), number, timeout);
            group.create_task_named(coroutine, format!("request-{number}"))?;
        }
        Ok(())
    });
    serving.await
}
