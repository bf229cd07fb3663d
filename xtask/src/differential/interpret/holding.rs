//! What a block holds while the code in it runs.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use asyncio::Result;

use super::body::{Flow, Running};

/// Code inside a block that holds something, which it gives back in the end. Dropped as it stands, the
/// block goes before what is inside it: Python frees a frame from the outside inwards.
pub struct Holding<H> {
    held: Option<H>,
    code: Running,
}

impl<H> Holding<H> {
    /// `code` inside a block that holds `held`.
    pub fn new(held: H, code: Running) -> Self {
        Self { held: Some(held), code }
    }
}

impl<H> Unpin for Holding<H> {}

impl<H> Future for Holding<H> {
    type Output = (H, Result<Flow>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Poll::Ready(result) = self.code.as_mut().poll(cx) else { return Poll::Pending };
        self.held.take().map_or(Poll::Pending, |held| Poll::Ready((held, result)))
    }
}
