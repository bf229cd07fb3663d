import multiprocessing as several

results = several.Queue()
print(results.get())
