using Imker.RequestFilter;

RequestFilterApp.Create(args is [var address] ? address : "http://127.0.0.1:8080").Run();
